import { currentActor } from "@/auth/actor";
import { procedures } from "@/server/procedures";
import { api } from "@/trpc/server";

/** A booking as a calendar file, for either side of it. To everyone else there is none. */
export async function GET(_: Request, { params }: RouteContext<"/bookings/[id]/calendar.ics">) {
  if ((await currentActor()) === null) return nothing(404);
  try {
    const { bytes, contentType } = await (await api()).calendars.bookingFile({ id: (await params).id });
    return new Response(new Uint8Array(bytes), {
      headers: {
        "content-type": contentType,
        "content-disposition": 'attachment; filename="conversation.ics"',
        ...guarded,
      },
    });
  } catch (error) {
    const { code } = (await procedures()).toFailure(error);
    return nothing(code === "not_found" || code === "validation_error" ? 404 : 503);
  }
}

const guarded = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

function nothing(status: 404 | 503): Response {
  return new Response(null, { status, headers: guarded });
}
