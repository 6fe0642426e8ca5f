import { z } from "zod";
import { id, instant } from "../../primitives";
import { place } from "../schema";

export const holdInput = place;
export const releaseInput = z.object({ id });

/** A place that is kept while its visitor signs in or writes. Whoever knows its id may book it. */
export const hold = z.object({ id, start: instant, end: instant, expiresAt: instant }).meta({ id: "Hold" });
export type Hold = z.infer<typeof hold>;
