import { type ListBookings, listInput } from "@parley/api/schema/bookings";

const bookingsPerPage = 20;

/** What an address asks for; what makes no sense is the first page of what is to come. */
export function readListQuery(query: Record<string, string | string[] | undefined>): ListBookings {
  const asked = listInput.safeParse({
    when: query.when,
    as: query.as,
    page: query.page === undefined ? undefined : Number(query.page),
    perPage: bookingsPerPage,
  });
  return asked.data ?? { when: "upcoming", page: 1, perPage: bookingsPerPage };
}

/** The address of a list. */
export function listAddress({ when, as, page = 1 }: Partial<ListBookings>): string {
  const query = new URLSearchParams();
  if (when === "past") query.set("when", when);
  if (as !== undefined) query.set("as", as);
  if (page > 1) query.set("page", String(page));
  return query.size === 0 ? "/bookings" : `/bookings?${query}`;
}
