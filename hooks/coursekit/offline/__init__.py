"""A built site -> a copy that is read from a disk, without a server and without a network.

`copy` rewrites one file; `addresses`, `embeds`, `policy` and `styles` know what browsers refuse from `file://`;
`pictures` tells images by their bytes, `archive` writes the zip, `names` knows what Windows cannot unpack.
"""
