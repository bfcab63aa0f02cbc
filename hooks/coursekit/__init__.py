"""Engines of the course site: values in, values out; no MkDocs, no disk, no network, no logging.

`files` alone touches the disk, for those who call them.
"""
