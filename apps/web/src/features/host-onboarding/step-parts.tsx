"use client";
import dynamic from "next/dynamic";

// One page shows one step: what the others are made of is not loaded for it, nor any of it for those who only read what
// hosting is.
export const Interactive = dynamic(() => import("@/features/site/interactive").then((module) => module.Interactive));
export const InboxPanel = dynamic(() => import("@/features/account/inbox-panel").then((module) => module.InboxPanel));
export const AvatarSection = dynamic(() =>
  import("@/features/profile/avatar-section").then((module) => module.AvatarSection),
);
export const AgeForm = dynamic(() => import("./age-form").then((module) => module.AgeForm));
export const PageStep = dynamic(() => import("./page-step").then((module) => module.PageStep));
export const RateStep = dynamic(() => import("./rate-step").then((module) => module.RateStep));
export const HoursStep = dynamic(() => import("./hours-step").then((module) => module.HoursStep));
export const LiveStep = dynamic(() => import("./live-step").then((module) => module.LiveStep));
export const EmailWatch = dynamic(() => import("./watches").then((module) => module.EmailWatch));
export const ReviewWatch = dynamic(() => import("./watches").then((module) => module.ReviewWatch));
