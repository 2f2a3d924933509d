"""Servers that speak Elasticsearch's language, for the contract every engine keeps.

None of them is Elasticsearch, which comes in no package: two are doubles, one is OpenSearch.
"""
