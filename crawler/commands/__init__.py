"""The project's ``scrapy`` sub-commands, one module each."""
