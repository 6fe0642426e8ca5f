import type { PublicProfile } from "@parley/api/schema/profile";

/** A host in the words of schema.org. */
export function structuredHost(host: PublicProfile, address: string): Record<string, unknown> {
  const { displayName, username, bio, avatarUrl, ratePerMinuteCents, followerCount } = host;
  return {
    "@context": "https://schema.org",
    "@type": "ProfilePage",
    url: address,
    mainEntity: {
      "@type": "Person",
      name: displayName,
      alternateName: username,
      url: address,
      ...(bio && { description: bio }),
      ...(avatarUrl && { image: avatarUrl }),
      interactionStatistic: {
        "@type": "InteractionCounter",
        interactionType: "https://schema.org/FollowAction",
        userInteractionCount: followerCount,
      },
      makesOffer: {
        "@type": "Offer",
        name: `A conversation with ${displayName}`,
        priceSpecification: {
          "@type": "UnitPriceSpecification",
          price: (ratePerMinuteCents / 100).toFixed(2),
          priceCurrency: "USD",
          unitCode: "MIN",
        },
      },
    },
  };
}
