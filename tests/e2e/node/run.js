// Runs one verb of a project whose index.ts is an inline program of the Automation API.
// The request is JSON on standard input, see InlineProject.verb in projects.py; the answer goes to
// a file.
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const request = JSON.parse(fs.readFileSync(0, "utf8"));
process.chdir(request.folder);
// The program's own packages, so that program and Automation API share one runtime.
const packages = Module.createRequire(path.join(request.folder, "index.ts"));
const typescript = packages("typescript");
const { LocalWorkspace, CommandError } = packages("@pulumi/pulumi/automation");

// Types are checked elsewhere (scripts/test-sdk); here the program only has to run.
Module._extensions[".ts"] = (module, file) => {
  const { outputText } = typescript.transpileModule(fs.readFileSync(file, "utf8"), {
    fileName: file,
    compilerOptions: { module: "commonjs", target: "es2022", esModuleInterop: true, inlineSourceMap: true },
  });
  module._compile(outputText, file);
};

async function main() {
  const lines = [];
  const onOutput = (text) => lines.push(text);
  const onEvent = (event) => fs.appendFileSync(request.events, JSON.stringify(event) + "\n");
  const stack = await LocalWorkspace.createOrSelectStack(
    {
      stackName: request.stack,
      projectName: request.project,
      program: async () => ({ ...packages("./index.ts") }),
    },
    { workDir: request.folder },
  );
  const { verb, arguments: given } = request;
  const common = { onOutput, onError: onOutput, onEvent, color: "never", showSecrets: false, ...given };
  let ok = true;
  try {
    if (["preview", "up", "refresh", "destroy"].includes(verb)) {
      await stack[verb](common);
    } else {
      throw new Error(`unknown verb ${verb}`);
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    ok = false;
    lines.push(error.message);
  }
  fs.writeFileSync(request.answer, JSON.stringify({ ok, output: lines.join("") }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
