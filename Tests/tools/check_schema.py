"""check_schema.py JOBS: which files of a list do not have the form of a JSON schema.

JOBS is a JSON file with the path of the schema and those of the files; a list of {file, text} is printed.
"""
import json
import pathlib
import sys

import jsonschema
import referencing

jobs = json.loads(pathlib.Path(sys.argv[1]).read_text())
path = pathlib.Path(jobs["schema"])
schema = json.loads(path.read_text())
jsonschema.Draft202012Validator.check_schema(schema)
# One schema may refer to another beside it.
others = [json.loads(other.read_text()) for other in path.parent.glob("*.schema.json")]
registry = referencing.Registry().with_resources(
    (other["$id"], referencing.Resource.from_contents(other)) for other in others)
validator = jsonschema.Draft202012Validator(schema, registry=registry)
findings = []
for file in jobs["files"]:
    for error in validator.iter_errors(json.loads(pathlib.Path(file).read_text())):
        place = "/".join(str(part) for part in error.absolute_path)
        findings.append({"file": file, "text": f"{place}: {error.message[:300]}"})
print(json.dumps(findings))
