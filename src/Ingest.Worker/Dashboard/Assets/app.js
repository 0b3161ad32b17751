// Keeps a live page up to date: fetches it again and replaces the sections that changed, so that nothing flickers and focus, selection and
// scroll stay. Without this script the page reloads itself (a meta element in noscript).
const live = document.querySelector("[data-live]");

// What has the focus, by something that the new section has too.
const focused = within => {
  const element = document.activeElement;
  return within.contains(element) ? element.getAttribute("href") ?? element.id : null;
};

const replace = (section, fresh) => {
  const key = focused(section);
  section.replaceWith(fresh);
  if (!key) return;
  const again = [...fresh.querySelectorAll("a, button, [tabindex]")].find(element => (element.getAttribute("href") ?? element.id) === key);
  again?.focus({ preventScroll: true });
};

const selecting = () => !(document.getSelection()?.isCollapsed ?? true);

const refresh = async () => {
  if (document.hidden || selecting()) return;
  const response = await fetch(location.href, { cache: "no-store" });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-live]");
  if (!fresh || selecting()) return;
  const sections = page => [...page.querySelectorAll("[id]")].filter(element => !element.parentElement.closest("[data-live] [id]"));
  const [old, now] = [sections(live), sections(fresh)];
  if (old.map(section => section.id).join() !== now.map(section => section.id).join()) return live.replaceChildren(...fresh.childNodes);
  old.forEach((section, i) => section.isEqualNode(now[i]) || replace(section, now[i]));
};

if (live) setInterval(() => refresh().catch(() => { /* The worker is restarting: the next round asks again. */ }), live.dataset.live * 1000);
