let region: HTMLElement | undefined;

/** Has a text read out that is seen where it stands, but would not be heard there. */
export function announce(text: string): void {
  if (region === undefined) {
    region = document.createElement("div");
    region.className = "sr-only";
    region.setAttribute("role", "status");
    // A modal dialog silences the page around it, but nothing that bears this mark of react-aria's.
    region.dataset.liveAnnouncer = "true";
    document.body.append(region);
  }
  region.textContent = text;
}
