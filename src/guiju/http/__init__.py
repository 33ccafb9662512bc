"""The eligibility checker over HTTP: ``app`` says what there is, ``server`` runs it, ``keys`` lets people in.

An entry point beside the command line: it reads requests, asks ``guiju.decisions`` and writes answers. What
must hold of it is in ``docs/adr/0018-the-service.md``. FastAPI, uvicorn and prometheus-client come with the
optional extra ``http``; ``keys`` and ``settings`` need none of them.
"""
