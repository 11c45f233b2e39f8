// Requires every resource and function of the installed npm package.
// Usage: node import_all.js TOKENS, where TOKENS is what `sdkgen tokens` prints.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");

const contents = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const root = path.dirname(require.resolve("@palisade/pulumi"));
const manifest = require("@palisade/pulumi/package.json");
assert.strictEqual(manifest.version, contents.version);
assert.deepStrictEqual(manifest.pulumi, { resource: true, name: "palisade", version: contents.version });

function requireAll(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) requireAll(file);
    else if (entry.name.endsWith(".js")) require(file);
  }
}
requireAll(root);

const sdk = require("@palisade/pulumi");
const moduleOf = (member) => member.module.split("/").reduce((at, part) => at[part], sdk);
for (const member of contents.resources) {
  const resource = moduleOf(member)[member.name];
  assert.strictEqual(resource.__pulumiType, member.token);
  assert.strictEqual(typeof resource.get, "function");
}
for (const member of contents.functions) {
  assert.strictEqual(typeof moduleOf(member)[member.name], "function", member.token);
  assert.strictEqual(typeof moduleOf(member)[member.name + "Output"], "function", member.token);
}
assert.ok(contents.resources.length > 0, "the schema has no resource");
console.log(`TypeScript: ${contents.resources.length} resources, ${contents.functions.length} functions imported`);
