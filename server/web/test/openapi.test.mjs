// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

// The file that the server serves at /v1/openapi.yaml, held against the official schema of
// OpenAPI 3.1, and each of its schemas and their examples against JSON Schema 2020-12: by tools
// that are none of ours.
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const file = fileURLToPath(new URL("../../src/main/resources/openapi/tern.yaml", import.meta.url));

const validator = new Validator();

/** A file as a tree, and what the schema of OpenAPI says against it. */
async function read(document) {
  const { errors = [] } = await validator.validate(document);
  const faults = [errors].flat().map((it) => (typeof it === "string" ? it : faultOf(it)));
  return { faults, tree: validator.specification, version: validator.version };
}

function faultOf({ instancePath, message, params }) {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

/** The tree's schemas, by where they stand. */
function* schemasOf(node, place = "") {
  for (const [key, child] of Object.entries(node)) {
    if (key === "schema" || place === " components schemas") {
      yield [key === "schema" ? `${place} ${key}` : key, child];
    }
    if (child !== null && typeof child === "object") {
      yield* schemasOf(child, `${place} ${key}`);
    }
  }
}

/** What is no schema, and which examples do not fit theirs. */
function schemaFaults(tree) {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  // A document of their own, in which there is nothing beside schemas.
  const all = JSON.stringify(Object.fromEntries(schemasOf(tree)));
  const $defs = JSON.parse(all.replaceAll("#/components/schemas/", "schemas#/$defs/"));
  const faults = [];
  try {
    ajv.addSchema({ $id: "schemas", $defs });
  } catch (error) {
    return [error.message];
  }
  for (const [place, { examples = [] }] of Object.entries($defs)) {
    try {
      const fits = ajv.compile({ $ref: `schemas#/$defs/${encodeURIComponent(escaped(place))}` });
      for (const example of examples.filter((it) => !fits(it))) {
        faults.push(`${place} example ${JSON.stringify(example)}: ${ajv.errorsText(fits.errors)}`);
      }
    } catch (error) {
      faults.push(`${place} ${error.message}`);
    }
  }
  return faults;
}

function escaped(place) {
  return place.replaceAll("~", "~0").replaceAll("/", "~1");
}

async function faultsOf(document) {
  const { faults, tree } = await read(document);
  // References are resolved by then; one that leads nowhere is a fault already.
  return faults.length > 0 ? faults : schemaFaults(tree);
}

const { faults: ofTheFile, tree: good, version } = await read(readFileSync(file, "utf8"));

it("finds an OpenAPI 3.1 file", () => {
  expect(ofTheFile).toEqual([]);
  expect(version).toBe("3.1");
  expect(Object.keys(good.paths).length).toBeGreaterThan(10);
});

it("finds schemas and examples that fit", () => {
  expect(schemaFaults(good)).toEqual([]);
});

const inbox = (tree) => tree.paths["/v1/inbox"].get;
const schemas = (tree) => tree.components.schemas;

it.each([
  ["a title is missing", (tree) => delete tree.info.title],
  ["an answer has no description", (tree) => delete inbox(tree).responses[200].description],
  ["an operation has an unknown field", (tree) => (inbox(tree).answers = {})],
  ["a parameter stands nowhere", (tree) => delete inbox(tree).parameters[2].in],
  ["a path's variable is optional", (tree) => (tree.components.parameters.UserId.required = false)],
  ["a reference leads nowhere", (tree) => (inbox(tree).responses[400].$ref = "#/nowhere")],
  ["a schema has a type that is none", (tree) => (schemas(tree).EditMessage.type = "thing")],
  ["a bound is a text", (tree) => (inbox(tree).parameters[2].schema.minLength = "1")],
  ["a keyword is misspelt", (tree) => (inbox(tree).parameters[2].schema.maxLenght = 256)],
  ["a pattern is none", (tree) => (schemas(tree).Uuid.pattern = "[")],
  ["an example does not fit", (tree) => (schemas(tree).GivenErasure.examples = [{}])],
])("finds that %s", async (_, plant) => {
  const tree = structuredClone(good);
  plant(tree);

  expect(await faultsOf(tree)).not.toEqual([]);
});
