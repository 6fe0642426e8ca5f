import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";
import { failureOf } from "@/trpc/failure";

/**
 * Checks a form by a schema that is yet to be loaded: schemas weigh more than most forms, and few visits send one.
 * @param load the same promise for as long as it holds, as `import()` gives it. Where it fails nothing could be sent
 * either, and the form's `root` error says so.
 */
export function checkedBy<Values extends FieldValues, Output extends FieldValues>(
  load: () => Promise<z.ZodType<Output, Values>>,
): Resolver<Values, unknown, Output> {
  return async (...given) => {
    try {
      const [schema, { zodResolver }] = await Promise.all([load(), import("@hookform/resolvers/zod")]);
      return await zodResolver<Values, unknown, Output>(schema)(...given);
    } catch (error) {
      const root = { type: "offline", message: failureOf(error).message };
      return { values: {}, errors: { root } as FieldErrors<Values> };
    }
  };
}
