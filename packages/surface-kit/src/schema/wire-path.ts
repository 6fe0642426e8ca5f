import type { Shape } from "./shape";

/** Respells a path such as `slots.2.startMinute` as a caller knows it: `slots.2.start_time`. */
export type WirePath = (nativePath: string) => string;

export function compileWirePath(shape: Shape): WirePath {
  return (nativePath) => spell(shape, nativePath === "" ? [] : nativePath.split(".")).join(".");
}

function spell(shape: Shape, path: readonly string[]): readonly string[] {
  const [head, ...rest] = path;
  if (head === undefined) return path;
  switch (shape.type) {
    case "object": {
      const field = shape.fields.find(({ native }) => native === head);
      return field === undefined ? path : [field.wire, ...spell(field.shape, rest)];
    }
    case "array":
      return [head, ...spell(shape.item, rest)];
    case "tuple": {
      const item = shape.items[Number(head)];
      return item === undefined ? path : [head, ...spell(item, rest)];
    }
    case "record":
      return [head, ...spell(shape.value, rest)];
    case "union": {
      // The path does not say which option was meant: the first that knows its head speaks for all.
      const option = shape.options.find(
        (o) => o.shape.type === "object" && o.shape.fields.some(({ native }) => native === head),
      );
      return spell(
        option?.shape ??
          shape.options.find((o) => o.shape.type === "array")?.shape ?? { type: "scalar", scalar: "other" },
        path,
      );
    }
    case "lazy":
      return spell(shape.shape(), path);
    case "codec":
    case "scalar":
      return path;
  }
}
