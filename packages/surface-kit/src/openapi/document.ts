import type { AnyRouter } from "@trpc/server";
import type { JsonSchema } from "../dialect";
import type { ScopeOf } from "../http/context";
import { planRoute, type RoutePlan } from "../plan";
import type { Surface } from "../surface";
import { headers } from "./headers";
import { parametersOf, requestBodyOf } from "./requests";
import { responsesOf } from "./responses";
import { Components } from "./schemas";

/** The OpenAPI 3.1 document of a surface, from the declarations that serve it. Paths are complete, with the base path. */
export function openApiDocument(
  surface: Surface,
  router: AnyRouter,
  options: { servers?: readonly string[]; scopeOf?: ScopeOf } = {},
): JsonSchema {
  const components = new Components();
  const paths: Record<string, JsonSchema> = {};
  const tags = new Set<string>();
  const ids = new Set<string>();
  for (const route of surface.routes) {
    const plan = planRoute(surface, route, router);
    for (const [i, path] of [route.path, ...(route.aliases ?? [])].entries()) {
      const item = wirePattern(plan, path);
      paths[item] = {
        ...paths[item],
        [route.method.toLowerCase()]: operation(plan, operationId(plan, i, ids), components, options.scopeOf),
      };
    }
    tags.add(tagOf(plan));
  }
  const used = JSON.stringify(paths);
  return {
    openapi: "3.1.0",
    info: {
      title: surface.title,
      version: surface.version,
      description: surface.description,
      license: surface.license,
    },
    servers: (options.servers ?? ["/"]).map((url) => ({ url })),
    tags: [...tags].map((name) => ({ name, description: surface.tags[name] ?? name })),
    paths,
    components: {
      schemas: components.schemas,
      headers: Object.fromEntries(
        Object.entries(headers).filter(([name]) => used.includes(`#/components/headers/${name}"`)),
      ),
      securitySchemes: surface.securitySchemes,
    },
  };
}

function operation(plan: RoutePlan, operationId: string, components: Components, scopeOf?: ScopeOf): JsonSchema {
  const { facts, ways } = plan;
  const parameters = parametersOf(plan, components);
  const requestBody = requestBodyOf(plan, components);
  const description = [facts.meta.description, apiTokenNote(plan, scopeOf)].filter(Boolean).join("\n\n");
  return {
    operationId,
    summary: facts.meta.summary,
    ...(description !== "" && { description }),
    tags: [tagOf(plan)],
    security: facts.meta.access === "public" ? [] : ways.names.map((way) => ({ [way]: [] })),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== null && { requestBody }),
    responses: responsesOf(plan, components),
  };
}

/** What an API token must be good for; null where tokens do not count, or nobody says what they are good for. */
function apiTokenNote({ facts, ways }: RoutePlan, scopeOf: ScopeOf | undefined): string | null {
  if (scopeOf === undefined || facts.meta.access === "public" || !ways.takesBearer) return null;
  if (facts.meta.credentials === "session") return "An API token is refused.";
  return `An API token needs the scope \`${scopeOf(facts.name, facts.type)}\`.`;
}

/** `profile.updateAvatar` as `profileUpdateAvatar`; aliases and further routes to one procedure are numbered. */
function operationId({ facts }: RoutePlan, alias: number, taken: Set<string>): string {
  const name = facts.name.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
  const base = alias === 0 ? name : `${name}Alias`;
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}${number}`;
  taken.add(id);
  return id;
}

function tagOf({ route, facts }: RoutePlan): string {
  return route.tag ?? facts.name.split(".")[0] ?? "";
}

function wirePattern({ surface, pathFields }: RoutePlan, path: string): string {
  const full = path === "/" ? surface.basePath : surface.basePath + path;
  return pathFields.reduce((pattern, { native, wire }) => pattern.replace(`{${native}}`, `{${wire}}`), full);
}
