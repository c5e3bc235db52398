"""Tables that people send: XLSX, ODS or CSV, read within limits."""
