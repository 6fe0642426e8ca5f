import { z } from "zod";
import { binary } from "../../primitives";

/** One JSON document, UTF-8. */
export const exportFile = z.object({ bytes: binary, contentType: z.literal("application/json") });
export type ExportFile = z.infer<typeof exportFile>;
