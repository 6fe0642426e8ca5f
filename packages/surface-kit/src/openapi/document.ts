import type { AnyRouter } from "@trpc/server";
import type { JsonSchema } from "../dialect";
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
  options: { servers?: readonly string[] } = {},
): JsonSchema {
  const components = new Components();
  const paths: Record<string, JsonSchema> = {};
  const tags = new Set<string>();
  for (const route of surface.routes) {
    const plan = planRoute(surface, route, router);
    for (const [i, path] of [route.path, ...(route.aliases ?? [])].entries()) {
      const item = wirePattern(plan, path);
      paths[item] = { ...paths[item], [route.method.toLowerCase()]: operation(plan, i, components) };
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

function operation(plan: RoutePlan, alias: number, components: Components): JsonSchema {
  const { facts, route, surface } = plan;
  const parameters = parametersOf(plan, components);
  const requestBody = requestBodyOf(plan, components);
  const auth = route.auth ?? surface.auth;
  return {
    operationId: operationId(facts.name, alias),
    summary: facts.meta.summary,
    ...(facts.meta.description !== undefined && { description: facts.meta.description }),
    tags: [tagOf(plan)],
    security: facts.meta.access === "public" ? [] : auth.map((scheme) => ({ [scheme]: [] })),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== null && { requestBody }),
    responses: responsesOf(plan, components),
  };
}

/** `profile.updateAvatar` as `profileUpdateAvatar`; an alias is numbered, since ids are unique. */
function operationId(procedure: string, alias: number): string {
  const id = procedure.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
  return alias === 0 ? id : `${id}Alias${alias}`;
}

function tagOf({ route, facts }: RoutePlan): string {
  return route.tag ?? facts.name.split(".")[0] ?? "";
}

function wirePattern({ surface, pathFields }: RoutePlan, path: string): string {
  const full = path === "/" ? surface.basePath : surface.basePath + path;
  return pathFields.reduce((pattern, { native, wire }) => pattern.replace(`{${native}}`, `{${wire}}`), full);
}
