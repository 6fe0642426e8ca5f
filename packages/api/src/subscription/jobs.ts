import { type SubscriptionDependencies, settleSubscriptions } from "./service";

export function subscriptionJobs(deps: SubscriptionDependencies) {
  return { "subscription.settle": () => settleSubscriptions(deps) };
}
