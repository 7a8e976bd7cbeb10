// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** The rules of both workspaces. */
export default tseslint.config(
  { ignores: ["**/dist/", "**/gen/", "**/node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-shadow": "error",
      "@typescript-eslint/prefer-nullish-coalescing": [
        "error",
        { ignorePrimitives: { string: true, number: true } },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "clearTimeout",
          "console",
          "document",
          "fetch",
          "navigator",
          "process",
          "setTimeout",
          "structuredClone",
          "URL",
          "window",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
  {
    rules: {
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 7],
      "max-len": ["error", { code: 100, ignoreUrls: true }],
      "no-console": "error",
      curly: "error",
      eqeqeq: "error",
    },
  },
  {
    // A component is mostly markup.
    files: ["**/*.tsx"],
    rules: {
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/test/**"],
    rules: { "max-lines-per-function": "off", "no-console": "off" },
  },
);
