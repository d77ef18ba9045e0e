import { badValue } from "./graph-error.ts";
import { moreOf } from "./number-more.ts";
import { flagOf, objectsAt, optionalListAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, BusinessNumber } from "./state.ts";

const emoji = /\p{Extended_Pictographic}/u;

/**
 * `POST /{number}/conversational_automation`: up to four ice breakers of 80 characters and thirty commands, without emoji
 * ("Conversational components"). `enable_welcome_message` was taken away on 27 March 2026: it is taken and has no effect.
 * Lists left out stay as they are. Errors 100 and 131009.
 */
export function changeConversation(platform: Platform, number: BusinessNumber, body: Body): Body {
  const prompts = optionalListAt(body, "prompts", "");
  const commands = optionalListAt(body, "commands", "");
  const more = moreOf(number);
  const nextPrompts = prompts ? readPrompts(prompts) : more.prompts;
  const nextCommands = commands ? readCommands(commands) : more.commands;
  flagOf(body.enable_welcome_message);
  more.prompts = nextPrompts;
  more.commands = nextCommands;
  platform.announce({ type: "number", id: number.id });
  return { success: true };
}

function readPrompts(list: unknown[]): string[] {
  if (list.length > 4) throw badValue("prompts: at most 4 are allowed");
  return list.map((_, index) => {
    const text = textAt({ ...list }, String(index), "prompts", { min: 1, max: 80 });
    if (emoji.test(text)) throw badValue(`prompts[${index}]: emoji are not supported`);
    return text;
  });
}

function readCommands(list: unknown[]): Body[] {
  if (list.length > 30) throw badValue("commands: at most 30 are allowed");
  return objectsAt(list, "commands").map(({ item, path }) => {
    const name = textAt(item, "command_name", path, { min: 1, max: 32 });
    const description = textAt(item, "command_description", path, { min: 1, max: 256 });
    if (emoji.test(name + description)) throw badValue(`${path}: emoji are not supported`);
    return { command_name: name, command_description: description };
  });
}

export function conversationNode(number: BusinessNumber): Body {
  const { prompts, commands } = moreOf(number);
  return { id: number.id, enable_welcome_message: false, prompts, commands };
}
