/**
 * Faults planted into the engine's own text, one at a time, to see that the simulation finds each: a test of the tester.
 * Each is one thing that some system of this kind has really got wrong, or that was wrong here until a seed found it.
 */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly put: string }[];
}

const one = (name: string, file: string, find: string, put: string): Mutant => ({ name, edits: [{ file, find, put }] });

const dispatch = "packages/delivery/src/dispatch.ts";
const handOver = "packages/delivery/src/hand-over.ts";
const settle = "packages/delivery/src/settle.ts";
const statuses = "packages/delivery/src/statuses.ts";
const lanes = "packages/delivery/src/lanes.ts";
const tend = "packages/newsletters/src/tend.ts";
const receive = "apps/server/src/receive.ts";
const intake = "apps/server/src/intake.ts";
const classify = "packages/channels/src/whatsapp/classify.ts";

export const mutants: readonly Mutant[] = [
  one(
    "what timed out is sent again",
    settle,
    'case "unknown":\n        steps.becomeUncertain(attempt, row, now);',
    'case "unknown":\n        steps.closings.push({ attempt, outcome: "retryable", at: now });\n        steps.moves.push({ id: row.id, state: "queued", at: now, notBefore: now + 1_000 });',
  ),
  one(
    "what a dead worker left open is queued again",
    settle,
    'if (row?.state === "handing-over") steps.becomeUncertain(attempt, row, now);',
    'if (row?.state === "handing-over") { steps.closings.push({ attempt, outcome: "retryable", at: now }); steps.moves.push({ id: row.id, state: "queued", at: now, notBefore: now }); }',
  ),
  one("no fencing: a change of hands raises no fence", lanes, "fence = lane.fence + 1", "fence = lane.fence"),
  one(
    "a stopped person is asked nothing at the hand-over",
    "packages/delivery/src/facts.ts",
    ".filter((entry) => entry.topic === null)",
    ".filter((entry) => entry.topic !== null)",
  ),
  one(
    "consent is not asked for",
    "packages/delivery/src/judge.ts",
    "const verdict = decide(request, facts, at, strictness.inForce);",
    'const verdict = { ...decide(request, facts, at, strictness.inForce), outcome: "allow" as const };',
  ),
  one(
    "the last status wins",
    statuses,
    "and coalesce(array_position($3::text[], d.reached), 0) < array_position($3::text[], r.reached)",
    "and $3::text[] is not null",
  ),
  one(
    "a message's last status wins",
    "packages/conversations/src/message.ts",
    "return statusOrder.indexOf(one) >= statusOrder.indexOf(other) ? one : other;",
    "return other;",
  ),
  one(
    "the audience ends with a full page",
    tend,
    "const isThrough = members.length < limit;",
    "const isThrough = members.length <= limit;",
  ),
  one("nothing is taken from the pace", dispatch, "pace.take(due.length);", ""),
  one(
    "two seconds' worth gathers while nothing goes",
    "packages/delivery/src/pace.ts",
    "const most = () => Math.max(1, rate / 10);",
    "const most = () => Math.max(1, rate * 2);",
  ),
  one(
    "an intent is good for ever",
    dispatch,
    "if (ports.clock.monotonicMs() - intent.askedAtMs > intentTtlMs) return neverSpoken;",
    "",
  ),
  one(
    "trouble of the database sets a message aside",
    receive,
    "if (!isPassing(error)) {\n        ports.log.error(",
    "if (isPassing(error)) {\n        ports.log.warn(",
  ),
  one(
    "200 comes before the commit",
    intake,
    "queue.push({ row, done, failed });",
    "queue.push({ row, done, failed });\n        done();",
  ),
  one(
    "200 comes for what could not be stored",
    intake,
    "for (const waiting of group) waiting.failed(error);",
    "for (const waiting of group) waiting.done();",
  ),
  one(
    "a receipt is done when it is taken",
    receive,
    "set crash_count = crash_count + 1 where",
    "set crash_count = crash_count + 1, state = 'done', processed_at = received_at where",
  ),
  one(
    "a paused campaign goes on",
    handOver,
    "found.filter((row) => row.campaign_id === null || open.has(row.campaign_id))",
    "found.filter((row) => row.campaign_id === null || open.size >= 0)",
  ),
  {
    name: "nothing expires",
    edits: [
      { file: handOver, find: "if (row.expires_at > now) continue;", put: "if (row.expires_at > 0) continue;" },
      {
        file: handOver,
        find: "rows.filter((row) => row.expires_at > now)",
        put: "rows.filter((row) => row.expires_at > 0)",
      },
      { file: tend, find: 'if (campaign.expiresAt <= now) return callOff(tx, ports, campaign, "expired");', put: "" },
    ],
  },
  {
    name: "a click makes a message each time it is heard",
    edits: [
      {
        file: "packages/conversations/src/reply.ts",
        find: "[tx.organisationId, message.clientId],\n  );\n  if (existing)",
        put: "[tx.organisationId, ports.ids.next()],\n  );\n  if (existing)",
      },
      {
        file: "packages/conversations/src/reply.ts",
        find: "[tx.organisationId, message.clientId],\n  );\n  if (meanwhile)",
        put: "[tx.organisationId, ports.ids.next()],\n  );\n  if (meanwhile)",
      },
      { file: "packages/conversations/src/outbound.ts", find: "message.clientId", put: "ports.ids.next()" },
    ],
  },
  one(
    "the second answer overtakes the first",
    dispatch,
    "order by earlier.id limit 1) is null`",
    "order by earlier.id limit 1) is distinct from d.id`",
  ),
  one("nobody looks without being woken", dispatch, "const idleMs = 2 * secondMs;", "const idleMs = 7_200 * secondMs;"),
  one(
    "a status settles nothing that is uncertain",
    statuses,
    '["handing-over", "uncertain", "queued", "held"].includes(row.state)',
    '["handing-over"].includes(row.state)',
  ),
  {
    name: "an answer undoes what a status settled",
    edits: [
      {
        file: settle,
        find: " and (outcome is null or outcome = 'uncertain') order by id for update",
        put: " order by id for update",
      },
      {
        file: settle,
        find: 'if (row.state !== "handing-over" && row.state !== "uncertain") {',
        put: 'if (row.state === "expired") {',
      },
    ],
  },
  one("an intent whose commit was not answered is forgotten", dispatch, "await takeBack(ports, lane, due);", ""),
  one(
    "a lane that broke off is kept and not worked",
    "apps/server/src/work.ts",
    ".finally(() => running.get(key)?.lane === lane && running.delete(key))",
    ".finally(() => {})",
  ),
  one(
    "a campaign that stands still holds up another",
    dispatch,
    "firstInLine(\"earlier.state = 'handing-over'\")",
    'firstInLine("true")',
  ),
  one(
    "whoever was not written down yet is forgotten",
    tend,
    "return campaign.isFrozen ? finish(tx, ports, campaign) : freeze(tx, ports, campaign, state);",
    "return finish(tx, ports, campaign);",
  ),
  one(
    "a broken line counts as nothing sent",
    classify,
    "return answer.mayHaveLeft ? lostTouch(answer) : neverLeft(answer);",
    'return neverLeft({ ...answer, reason: "connectionRefused" });',
  ),
  one(
    "a 502 counts as nothing sent",
    classify,
    "if (status >= 500) return unknown(",
    "if (status >= 500) return busy(tooManyRequests, answer.headers);\n  if (status >= 600) return unknown(",
  ),
  one(
    "what nobody knows is shown as refused",
    settle,
    'steps.moves.push({ id: row.id, state: "uncertain", at });',
    'steps.moves.push({ id: row.id, state: "refused", at });',
  ),
];
