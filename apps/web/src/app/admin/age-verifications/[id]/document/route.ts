import { currentActor } from "@/auth/actor";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/**
 * The document of a pending request, for administrators alone: kept by no cache, sniffed as nothing else, and with a
 * policy under which it can run nothing, whatever it is.
 */
export async function GET(_: Request, { params }: RouteContext<"/admin/age-verifications/[id]/document">) {
  const actor = await currentActor();
  if (actor?.role !== "admin") return nothing(404);
  const { id } = await params;
  try {
    const { bytes, contentType } = await (await api()).hostOnboarding.ageDocument({ id });
    const isPdf = contentType === "application/pdf";
    return new Response(new Uint8Array(bytes), {
      headers: {
        "content-type": contentType,
        "content-disposition": isPdf ? `attachment; filename="document-${id}.pdf"` : "inline",
        ...guarded,
      },
    });
  } catch (error) {
    const { code } = (await procedures()).toFailure(error);
    return nothing(code === "not_found" || code === "validation_error" ? 404 : 503);
  }
}

const guarded = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

function nothing(status: 404 | 503): Response {
  return new Response(null, { status, headers: guarded });
}
