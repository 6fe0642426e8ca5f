/**
 * What may stand where, and who may import whom. docs/decisions and the README explain the plan; these tables are the
 * plan as the check reads it. There is no list of exceptions: change a table when the plan changes.
 */

/** Everything that the repository's top folder may hold. */
export const topLevel = new Set([
  ...["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", "turbo.json", "tsconfig.base.json", "biome.json"],
  ...["README.md", "CONTRIBUTING.md"],
  ...["apps", "packages", "prisma", "tooling", "docs", "bench"],
  ...[".ci", ".gitignore", ".gitattributes", ".editorconfig", ".npmrc"],
]);

/** Room -> the internal packages that it may import. Tests and tooling may import any. */
export const arrows = {
  "apps/web": ["@parley/api", "@parley/auth", "@parley/bundle", "@parley/identity-providers"],
  "apps/rest": ["@parley/api", "@parley/auth", "@parley/bundle", "@parley/identity-providers", "@parley/surface-kit"],
  "packages/api": [
    ...["@parley/auth", "@parley/avatar-image", "@parley/calendar-file", "@parley/db", "@parley/mail"],
    ...["@parley/identity-providers", "@parley/object-storage", "@parley/remote-fetch"],
  ],
  "packages/auth": ["@parley/db"],
  "packages/avatar-image": [],
  "packages/calendar-file": [],
  "packages/db": [],
  "packages/identity-providers": [],
  "packages/mail": [],
  "packages/object-storage": [],
  "packages/remote-fetch": [],
  "packages/surface-kit": [],
  "packages/testing": [
    ...["@parley/api", "@parley/auth", "@parley/avatar-image", "@parley/db", "@parley/mail"],
    ...["@parley/object-storage", "@parley/surface-kit"],
  ],
};

/** Libraries that one room keeps from all others. */
export const keptLibraries = [
  { library: "sharp", room: "packages/avatar-image" },
  { library: "@aws-sdk/*", room: "packages/object-storage" },
  { library: "ical-generator", room: "packages/calendar-file" },
  { library: "ical.js", room: "packages/calendar-file" },
  { library: "undici", room: "packages/remote-fetch" },
  { library: "openid-client", room: "packages/identity-providers" },
];

/** Libraries that a room must not know. */
export const foreignLibraries = [
  {
    room: "packages/api",
    libraries: ["next", "next/*", "fastify", "@fastify/*", "node:http", "node:https", "node:http2", "http", "https"],
  },
];

/** Which files of a folder kind may be there. `*` stands for one folder name; tests may stand beside any file. */
export const fileGrammar = [
  {
    folder: /^apps\/rest\/src$/,
    files: ["main.ts", "server.ts", "env.ts", "rotate-keys.ts"],
  },
  { folder: /^apps\/rest\/src\/surfaces$/, files: ["discover.ts", "statuses.ts", "security-schemes.ts"] },
  { folder: /^apps\/rest\/src\/surfaces\/[^/]+$/, files: ["surface.ts", "dialect.ts", "openapi.json"] },
  { folder: /^apps\/rest\/src\/surfaces\/[^/]+\/(?!routes$).+$/, files: [] },
  {
    folder: /^packages\/api\/src$/,
    files: [
      ...["router.ts", "trpc.ts", "context.ts", "dependencies.ts", "stores.ts", "worker.ts"],
      ...["errors.ts", "failures.ts", "primitives.ts"],
    ],
  },
  {
    folder: /^packages\/api\/src\/.+$/,
    files: ["router.ts", "schema.ts", "service.ts", "store.ts", "rules.ts", "jobs.ts"],
  },
];

/** Of the API's files, which may import the database, and how. Every other arrow into `@parley/db` is refused. */
export const databaseDoors = [
  { file: /\/store\.ts$/, doors: /./ },
  { file: /^packages\/api\/src\/dependencies\.ts$/, doors: /./ },
  { file: /^packages\/api\/src\/stores\.ts$/, doors: /^@parley\/db$/ },
  { file: /^packages\/api\/src\/worker\.ts$/, doors: /^@parley\/db\/jobs$/ },
  { file: /^packages\/api\/src\/failures\.ts$/, doors: /^@parley\/db\/errors$/ },
];

/** Packages that the API's services get as arguments: only the composition root imports more than their types. */
export const injectedPackages = [
  ...["@parley/auth", "@parley/avatar-image", "@parley/calendar-file", "@parley/mail", "@parley/object-storage"],
  ...["@parley/remote-fetch", "@parley/identity-providers"],
];

export const compositionRoot = "packages/api/src/dependencies.ts";

/** The only files that read the environment; tests and tooling may too. */
export const environmentReader = /^apps\/[^/]+\/src\/env\.ts$/;

/** Names that say nothing about what is inside. */
export const emptyNames = /^(index|utils?|helpers?|common|misc|shared)$/;

export const maxLines = 300;
