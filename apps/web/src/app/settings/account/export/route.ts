import { currentActor } from "@/auth/actor";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/** All that Parley keeps of the person who is signed in, as one file. No cache keeps it. */
export async function GET(): Promise<Response> {
  if ((await currentActor()) === null) return new Response(null, { status: 404, headers: guarded });
  try {
    const { bytes, contentType } = await (await api()).account.exportData();
    return new Response(new Uint8Array(bytes), {
      headers: { "content-type": contentType, "content-disposition": 'attachment; filename="parley.json"', ...guarded },
    });
  } catch (error) {
    const { code } = (await procedures()).toFailure(error);
    return new Response(null, { status: code === "unauthorized" ? 404 : 503, headers: guarded });
  }
}

const guarded = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};
