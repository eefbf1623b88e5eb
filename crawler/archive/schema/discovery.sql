-- What sources say of a link's section, and one row for every spelling of an address.

ALTER TABLE urls ADD COLUMN found_section TEXT /* what the feed or list said of its section, as it stood there */;
ALTER TABLE urls ADD COLUMN alike TEXT /* the address without scheme, www and final slash, of lists in lower case too: a
  link whose address is known in another spelling is not entered again */;
CREATE INDEX urls_by_alike ON urls (alike);
CREATE INDEX urls_by_source ON urls (found_on) WHERE found_on IS NOT NULL;
