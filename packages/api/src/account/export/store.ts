import type { Database } from "@parley/db";

export type ExportStore = ReturnType<typeof createExportStore>;

const booking = {
  ...{ id: true, status: true, startsAt: true, endsAt: true, note: true, rateCents: true, priceCents: true },
  ...{ endedBy: true, reason: true, createdAt: true },
} as const;

/** Everything that is kept of a person, but secrets, digests, and what is another person's alone. */
export function createExportStore({ prisma }: Database) {
  return {
    /** As one moment has it. Null where the account has gone. */
    find(userId: string) {
      return prisma.user.findUnique({
        where: { id: userId, deletedAt: null },
        select: {
          ...{ id: true, number: true, email: true, emailVerifiedAt: true, role: true, displayName: true },
          ...{ username: true, bio: true, avatarKey: true, ageVerifiedAt: true, isAvailable: true, rateCents: true },
          ...{
            windowSizeMinutes: true,
            locale: true,
            timezone: true,
            autoRenew: true,
            createdAt: true,
            updatedAt: true,
          },
          formerUsernames: { select: { username: true, releasedAt: true } },
          personalDetails: { omit: { userId: true } },
          preferences: { omit: { userId: true } },
          sessions: { select: { userAgent: true, ip: true, createdAt: true, lastSeenAt: true, endedAt: true } },
          ageVerifications: {
            select: { status: true, birthDate: true, reason: true, submittedAt: true, decidedAt: true },
          },
          schedule: {
            select: {
              timezone: true,
              weeklySlots: { select: { dayOfWeek: true, startMinute: true, endMinute: true } },
              overrides: { select: { date: true, slots: { select: { startMinute: true, endMinute: true } } } },
            },
          },
          bookingRules: { omit: { hostId: true } },
          hostedBookings: { select: { ...booking, caller: { select: { displayName: true } } } },
          calledBookings: { select: { ...booking, host: { select: { displayName: true, username: true } } } },
          externalCalendars: { select: { name: true, createdAt: true } },
          messages: {
            select: { content: true, visibility: true, createdAt: true },
            orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          },
          memberships: { select: { role: true, createdAt: true, organization: { select: { name: true } } } },
          devices: { select: { platform: true, createdAt: true } },
          following: { select: { createdAt: true, followed: { select: { displayName: true, username: true } } } },
          notifications: { select: { type: true, title: true, body: true, readAt: true, createdAt: true } },
          identities: {
            select: {
              ...{ provider: true, instanceName: true, providerUsername: true, email: true, profileUrl: true },
              ...{ createdAt: true, lastVerifiedAt: true },
            },
          },
          apiTokens: {
            select: { name: true, hint: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true },
          },
          subscriptions: {
            select: { planName: true, status: true, startsAt: true, expiresAt: true, maxDevices: true, endedAt: true },
          },
        },
      });
    },
  };
}
