"""Validates CycloneDX documents: prints one line for each problem, as JSON."""

import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

validator = JsonStrictValidator(SchemaVersion.V1_6)
for file in sys.argv[1:]:
    with open(file, encoding="utf-8") as document:
        problem = validator.validate_str(document.read())
    if problem:
        print(json.dumps({"file": file, "message": str(problem).splitlines()[0]}))
