import path from "node:path";
import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: path.resolve(import.meta.dirname, "../../prisma/schema"),
  // Client generation alone uses this file; migrations go through src/migrate.ts.
  datasource: { url: "postgresql://unused" },
});
