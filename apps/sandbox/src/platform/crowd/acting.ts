import { choicesOf } from "../choices.ts";
import { personBlocks, personChangesNumber, personPrefers, personReports, personWrites } from "../people.ts";
import type { Platform } from "../platform.ts";
import { reach } from "../progress.ts";
import { type Body, type Message, type Phone, untouched } from "../state.ts";
import type { Crowd, CrowdAct, CrowdTask } from "./crowd-state.ts";
import { numberOfPerson } from "./people.ts";
import { actsAfterMs, replyTexts } from "./profiles.ts";
import { drawnAbout, spread } from "./receiving.ts";

/** The tail of the agenda for a crowd: somebody reads, or does what they made up their mind to after reading. */
export function runCrowd(platform: Platform, task: CrowdTask): void {
  const { crowd } = platform.state;
  if (crowd === null || crowd.id !== task.crowd) return;
  const phone = platform.phone(numberOfPerson(crowd, task.person));
  const number = platform.state.numbers.get(task.numberId);
  if (!number || phone.movedTo !== null || !phone.onWhatsApp) return;
  const thread = platform.thread(number.id, phone.number);
  const { counts } = crowd;
  switch (task.act) {
    case "read":
      reads(platform, crowd, task, phone);
      break;
    case "reply": {
      if (thread.blockedByPerson) return;
      const answer = answerOf(platform, crowd, task, phone);
      counts[answer.type === "text" ? "replied" : "tapped"] += 1;
      personWrites(platform, phone, number, answer);
      break;
    }
    case "block":
      if (thread.blockedByPerson) return;
      counts.blocked += 1;
      personBlocks(platform, phone, number, true);
      break;
    case "report":
      counts.reported += 1;
      personReports(platform, phone, number);
      break;
    case "stop":
      if (thread.marketingStopped) return;
      counts.stopped += 1;
      personPrefers(platform, phone, number, "stop");
      break;
    case "change-number":
      counts.numberChanged += 1;
      // One digit more: a number nobody of the crowd has.
      personChangesNumber(platform, phone, `${phone.number}1`);
      break;
  }
}

function reads(platform: Platform, crowd: Crowd, task: CrowdTask, phone: Phone): void {
  if (crowd.readEarly.delete(task.messageId)) return;
  const message = platform.state.messages.get(task.messageId) ?? remembered(platform, task, phone);
  if (message.status !== "delivered") return;
  crowd.counts.read += 1;
  reach(platform, message, "read");
  const { reads, replies, blocks, reports, stops, numberChanged } = crowd.profile;
  const isOffer = message.template?.category === "MARKETING";
  const wishes: [CrowdAct, number][] = [
    ["reply", replies.share],
    ["report", reports],
    ["stop", isOffer ? stops : 0],
    ["block", blocks],
    ["change-number", numberChanged],
  ];
  for (const [act, share] of wishes) {
    // Shares are of what was delivered, and this person is one of those who read.
    if (share <= 0 || drawnAbout(crowd, task.person, act, task.messageId) * reads.share >= share) continue;
    const draw = drawnAbout(crowd, task.person, "how long", `${act}${task.messageId}`);
    platform.agenda.plan(spread(actsAfterMs, draw), { ...task, act });
  }
}

/** A message that is no longer kept, as far as telling of it needs. */
function remembered(platform: Platform, task: CrowdTask, phone: Phone): Message {
  const template = task.templateId === null ? undefined : platform.state.templates.get(task.templateId);
  return {
    ...untouched(),
    id: task.messageId,
    numberId: task.numberId,
    phone: phone.number,
    from: "business",
    type: task.templateId === null ? "text" : "template",
    content: null,
    at: task.at,
    status: "delivered",
    history: [
      { status: "accepted", at: task.at },
      { status: "sent", at: task.at },
      { status: "delivered", at: task.at },
    ],
    callbackData: task.callbackData,
    byUserId: false,
    template: template
      ? { id: template.id, category: template.category, ttlSeconds: template.ttlSeconds, rendered: {} }
      : null,
  };
}

function answerOf(platform: Platform, crowd: Crowd, task: CrowdTask, phone: Phone): Body {
  const words = drawnAbout(crowd, task.person, "which words", task.messageId);
  const { texts } = crowd.profile.replies;
  const message = platform.state.messages.get(task.messageId);
  const choices = message && texts === undefined ? choicesOf(message) : [];
  const choice = choices[Math.floor(words * choices.length)];
  if (choice && drawnAbout(crowd, task.person, "tap", task.messageId) < 0.5) return choice.answer;
  const list = texts ?? replyTexts[phone.language] ?? replyTexts.en ?? [];
  return {
    type: "text",
    text: { body: list[Math.floor(words * list.length)] ?? "👍" },
    context: { id: task.messageId },
  };
}
