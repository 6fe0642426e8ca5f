import { uuidFromUlid } from "@parley/surface-kit/codecs/ulid";
import type { UserFacts } from "@parley/testing/factories";
import type { Person } from "./app";
import { textAt } from "./calls";
import type { Contract } from "./contract";
import { nobody } from "./requests";

/** Addresses of v1. */
export const bookings = "/v1/schedule/bookings";
export const holds = "/v1/schedule/holds";

/** Not one is the id of a booking or of a hold. */
export const noIds = [nobody, "nonsense", `${nobody}X`, "%00", "7"];

const everyDay = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day_of_week: day, start_time: "00:00", end_time: "24:00" }));
const rules = {
  ...{ durations_minutes: [30, 60], step_minutes: 30, buffer_before_minutes: 0, buffer_after_minutes: 0 },
  ...{ minimum_notice_minutes: 60, window_days: 30, max_per_day: null, requires_consent: false },
};

/** So many days from now, on the full hour. */
export const day = (days: number, time = "10:00:00") =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${time}Z`;

/** Half an hour with a host, as a request for a booking or a hold names it. */
export const placeOf = ({ username }: Person, start = day(3)) => ({
  host_username: username,
  start,
  duration_minutes: 30,
});

/** Hosts, visitors, and what they book of each other. */
export function bookingsIn({ call, person, sql }: Contract) {
  const visitor = (facts: UserFacts = {}) => person({ role: "verified_user", ...facts });

  /** A host who is there at all times. */
  async function host(changes: Partial<Record<keyof typeof rules, unknown>> = {}, facts: UserFacts = {}) {
    const { token, ...rest } = await person({ role: "host", ...facts });
    await call(200, "PUT /v1/users/me/schedule", { token, json: { timezone: "UTC", slots: everyDay } });
    await call(200, "PUT /v1/users/me/booking-rules", { token, json: { ...rules, ...changes } });
    return { token, ...rest };
  }

  const book = async (caller: Person, one: Person, start?: string) =>
    (await call(201, `POST ${bookings}`, { token: caller.token, json: placeOf(one, start) })).json;

  async function booked(changes?: Parameters<typeof host>[0]) {
    const [ann, bob] = [await host(changes), await visitor()];
    const id = textAt(await book(bob, ann), "id");
    return { ann, bob, id, path: `${bookings}/${id}` };
  }

  /** Lets a booking have begun an hour ago. */
  const begin = (id: string) =>
    sql(
      "UPDATE bookings SET starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour' WHERE id = $1",
      [uuidFromUlid(id)],
    );

  return { visitor, host, book, booked, begin };
}
