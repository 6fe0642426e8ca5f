import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { RatePreview } from "./rate-preview";

const points = [
  {
    title: "Your rate",
    text: "You say what a minute with you costs, and how long a window is. Change either whenever you like.",
  },
  {
    title: "Your hours",
    text: "You say when you are usually there, in your own time zone. Visitors see it in theirs.",
  },
  {
    title: "Your page",
    text: "One address to share, with your name, your picture and what you know.",
  },
] as const;

/** To those who have no account yet: what hosting is, and what it takes. */
export function HostingPitch() {
  return (
    <div className="page-column grid grid-cols-[minmax(0,1fr)] items-start gap-x-24 gap-y-12 py-10 md:py-16 lg:grid-cols-[minmax(0,1fr)_26rem] lg:py-24">
      <div className="space-y-8">
        <header className="space-y-4">
          <h1 className="display max-w-[16ch] text-3xl lg:text-4xl">Someone would pay to ask you.</h1>
          <p className="prose-line text-muted md:text-lg">
            Hosts on Parley talk to people one to one, by the minute, about what they know best.
          </p>
        </header>
        <div className="flex flex-wrap gap-3">
          <Link href="/sign-up?next=%2Fbecome-a-host" className={buttonClass({ tone: "primary", size: "large" })}>
            Create an account
          </Link>
          <Link href="/sign-in?next=%2Fbecome-a-host" className={buttonClass({ size: "large" })}>
            Sign in
          </Link>
        </div>
        <dl className="divide-y divide-hairline border-y border-hairline">
          {points.map(({ title, text }) => (
            <div key={title} className="grid gap-x-8 gap-y-1 py-5 sm:grid-cols-[8rem_minmax(0,1fr)]">
              <dt className="display text-lg">{title}</dt>
              <dd className="text-muted">{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <section aria-labelledby="needed" className="space-y-6">
        <RatePreview ratePerMinuteCents={250} windowSizeMinutes={15} />
        <div className="space-y-3">
          <h2 id="needed" className="text-lg font-medium">
            What you need
          </h2>
          <ul className="list-disc space-y-1.5 pl-5 text-muted">
            <li>An e-mail address.</li>
            <li>A document that shows that you are 18 or older. It is deleted once we have looked at it.</li>
            <li>About ten minutes. Every step is kept, so they need not be in a row.</li>
          </ul>
        </div>
      </section>
    </div>
  );
}
