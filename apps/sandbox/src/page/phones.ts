import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, type NumberView, type PersonView, type World } from "./ask.ts";
import { Avatar } from "./avatar.ts";
import { CrowdChip } from "./crowd-chip.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { chatLinkOf, openOn } from "./links.ts";
import { Waiting } from "./part.ts";
import { Phone } from "./phone.ts";
import { phoneWords } from "./phone-words.ts";
import { Shell, useWorld } from "./shell.ts";
import { words } from "./words.ts";

const storageKey = "sandbox.phones";
const frontKey = "sandbox.front";
const sizeKey = "sandbox.size";
const sizes = ["small", "medium", "large"] as const;
/** More people than this are behind a button: a crowd of names helps nobody find one. */
const fewPeople = 8;

/** Which phones lie on the table: those in the address, else those of last time, else the first few. */
async function phonesAtFirst(world: World): Promise<string[]> {
  const url = new URL(location.href);
  const asked = url.searchParams.get("phones") ?? localStorage.getItem(storageKey);
  // What is changed by hand from now on should outlive a reload.
  url.searchParams.delete("phones");
  history.replaceState(null, "", url);
  const wanted = (asked ?? "").split(",").filter((number) => number !== "");
  const people = await Promise.all(wanted.map((number) => personWith(number, world)));
  const found = people.flatMap((person) => (person === null ? [] : [person.number]));
  return found.length > 0 ? found : world.phones.slice(0, 4).map(({ number }) => number);
}

/** Somebody in the list of people, or one of the crowd, who is in no list. */
async function personWith(number: string, world: World): Promise<PersonView | null> {
  const listed = world.phones.find((phone) => phone.number === number);
  return listed ?? ask<PersonView>("GET", `/phones/${encodeURIComponent(number)}`).catch(() => null);
}

function Table() {
  const { world, lost } = useWorld();
  const [shown, setShown] = useState<string[] | null>(null);
  const [front, setFront] = useState<string | null>(sessionStorage.getItem(frontKey));
  const [showsAll, setShowsAll] = useState(false);
  const [size, setSize] = useState<string>(localStorage.getItem(sizeKey) ?? "medium");
  const [unlisted, setUnlisted] = useState<readonly PersonView[]>([]);

  useEffect(() => {
    if (world && shown === null) void phonesAtFirst(world).then((numbers) => setShown((current) => current ?? numbers));
  }, [world === null]);
  useEffect(() => {
    const strangers = (shown ?? []).filter((number) => !world?.phones.some((phone) => phone.number === number));
    if (!world || strangers.length === 0) return setUnlisted([]);
    void Promise.all(strangers.map((number) => personWith(number, world))).then((people) =>
      setUnlisted(people.filter((person) => person !== null)),
    );
  }, [world, shown]);
  useEffect(() => {
    if (shown) localStorage.setItem(storageKey, shown.join(","));
  }, [shown]);

  const businesses: NumberView[] = world?.accounts.flatMap((account) => account.numbers) ?? [];
  const listed = new Set(world?.phones.map(({ number }) => number));
  const people = [...(world?.phones ?? []), ...unlisted.filter(({ number }) => !listed.has(number))].filter(
    (phone) => phone.movedTo === null,
  );
  const onTable = (shown ?? []).filter((number) => people.some((phone) => phone.number === number));
  const isOnTable = (phone: PersonView) => onTable.includes(phone.number);
  const inOrder = [...people.filter(isOnTable), ...people.filter((phone) => !isOnTable(phone))];
  const offered = showsAll ? inOrder : inOrder.slice(0, Math.max(fewPeople, onTable.length));
  useEffect(() => {
    if (front) sessionStorage.setItem(frontKey, front);
  }, [front]);
  useEffect(() => localStorage.setItem(sizeKey, size), [size]);
  const inFront = front && onTable.includes(front) ? front : onTable[0];

  // The page was opened by a link to a chat: the phone in front opens it, once.
  const link = useRef(chatLinkOf(location.href));
  useEffect(() => {
    if (!link.current || !inFront || businesses.length === 0) return;
    const timer = setInterval(() => {
      if (!link.current || !openOn(inFront, link.current)) return;
      link.current = null;
      history.replaceState(null, "", "/");
      clearInterval(timer);
    }, 50);
    return () => clearInterval(timer);
  }, [inFront, businesses.length]);

  const toggle = (number: string) => {
    setShown((current) =>
      current?.includes(number) ? current.filter((one) => one !== number) : [...(current ?? []), number],
    );
    setFront(number);
  };
  const add = (number: string) => {
    setShown((current) => [...(current ?? []).filter((one) => one !== number), number]);
    setFront(number);
  };

  return html`
    <${Shell} page="phones" world=${world} lost=${lost}>
      <main class="table">
        <div class="people" role="group" aria-label=${phoneWords.shownPhones}>
          ${offered.map(
            (phone) =>
              html`<${PersonChip} key=${phone.number} phone=${phone} shown=${isOnTable(phone)} front=${phone.number === inFront} toggle=${toggle} bring=${add} />`,
          )}
          ${
            inOrder.length > fewPeople &&
            html`<button class="person more" aria-expanded=${showsAll} onClick=${() => setShowsAll(!showsAll)}>${showsAll ? phoneWords.fewerPhones : phoneWords.morePhones(inOrder.length - offered.length)}</button>`
          }
          <${CrowdChip} add=${add} />
          <${AddPhone} added=${add} />
          <span class="filters sizes" role="group" aria-label=${phoneWords.size}>${sizes.map((one) => html`<button aria-pressed=${size === one} aria-label=${phoneWords.sizes[one]} title=${phoneWords.sizes[one]} onClick=${() => setSize(one)}><i class=${one}></i></button>`)}</span>
        </div>
        ${world && shown !== null && shown.length === 0 && html`<div class="nothing"><h2>${phoneWords.noPhones}</h2><p>${phoneWords.noPhonesHint}</p></div>`}
        <div class=${`phones ${size}`}>
          ${(shown === null || businesses.length === 0) && [0, 1, 2].map((key) => html`<section class=${key === 0 ? "phone front" : "phone"} key=${`bones ${key}`} aria-busy="true"><div class="screen"><${Waiting} rows=${7} /></div></section>`)}
          ${onTable.map((number) => html`<${Phone} key=${number} number=${number} businesses=${businesses} front=${number === inFront} moved=${add} />`)}
        </div>
      </main>
    <//>`;
}

interface ChipProps {
  readonly phone: PersonView;
  readonly shown: boolean;
  readonly front: boolean;
  toggle(number: string): void;
  bring(number: string): void;
}

/** On a wide screen it puts a phone on the table or away; on a narrow one, where one phone fits, it brings it to the front. */
function PersonChip({ phone, shown, front, toggle, bring }: ChipProps) {
  const narrow = () => matchMedia("(max-width: 640px)").matches;
  return html`
    <button class=${front ? "person front" : "person"} aria-pressed=${shown} title=${shown ? phoneWords.hidePhone(phone.name) : phoneWords.showPhone(phone.name)}
      onClick=${() => (narrow() ? bring(phone.number) : toggle(phone.number))}>
      <${Avatar} name=${phone.name} size=${24} /><span>${phone.name}</span>
    </button>`;
}

function AddPhone({ added }: { added: (number: string) => void }) {
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const number = String(form.get("number") ?? "").trim();
    const name = String(form.get("name") ?? "").trim();
    try {
      const path = `/phones/${encodeURIComponent(number)}`;
      // Who is there already, one of the crowd perhaps, is left as they are.
      const known = name === "" ? await ask<PersonView>("GET", path).catch(() => null) : null;
      const phone = known ?? (await ask<PersonView>("PUT", path, name === "" ? {} : { name }));
      setOpen(false);
      setProblem("");
      added(phone.number);
    } catch (error) {
      setProblem(words.failed(error instanceof Error ? error.message : ""));
    }
  };
  if (!open)
    return html`<button class="person add" onClick=${() => setOpen(true)}>${icon("plus", 16)}<span>${phoneWords.addPhone}</span></button>`;
  return html`
    <form class="add-form" onSubmit=${submit}>
      <label><span>${phoneWords.phoneNumber}</span><input name="number" type="tel" required pattern="\\+?[0-9 ()\\-]{5,24}" placeholder="+31 6 20000000" autofocus ref=${(input: HTMLInputElement | null) => input?.focus()} /></label>
      <label><span>${phoneWords.personName}</span><input name="name" autocomplete="off" /></label>
      <button class="solid">${words.add}</button>
      <button type="button" class="quiet" onClick=${() => setOpen(false)}>${words.cancel}</button>
      <small>${problem || phoneWords.findHint}</small>
    </form>`;
}

const root = document.getElementById("app");
if (root) render(html`<${Table} />`, root);
