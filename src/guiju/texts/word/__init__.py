"""Word documents (``.docx``) as lines: ``package`` opens the file, ``document`` walks it.

Only ``package`` sees python-docx, which is an optional extra and imported when a document is opened.
"""
