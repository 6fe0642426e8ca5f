import { readdir } from "node:fs/promises";
import type { Surface } from "@parley/surface-kit";

/** Every folder beside this file is a surface: adding a surface is adding a folder. */
export async function discoverSurfaces(): Promise<Surface[]> {
  const entries = await readdir(import.meta.dirname, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map(load));
}

async function load(name: string): Promise<Surface> {
  // The bundler reads this pattern and takes in every file that fits it.
  const module: { default: Surface } = await import(`./${name}/surface.ts`);
  return module.default;
}
