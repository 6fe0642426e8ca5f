/** How soon a session that was ended elsewhere is noticed, in milliseconds. */
export const sessionCheckInterval = 5_000;
