import type { Participant } from "@eventuall/realtime";
import { expect, test } from "vitest";
import { counted, news, sortedPeople } from "../src/room/people";

const person = (name: string, status: Participant["status"], role: Participant["role"] = "participant") => ({
  name,
  status,
  role,
  since: 1,
});

test("those who are here come first, moderators before others, then names", () => {
  const participants = {
    a: person("Zoe", "online"),
    b: person("Ann", "offline", "moderator"),
    c: person("Ben", "online"),
    d: person("Mia", "online", "moderator"),
    e: person("Tom", "away"),
  };
  const stage = { c: { stayId: "1:1", enteredAt: 1 } };
  const people = sortedPeople({ participants, stage });
  expect(people.map((one) => one.name)).toEqual(["Mia", "Ben", "Zoe", "Tom", "Ann"]);
  expect(people.filter((one) => one.onStage).map((one) => one.userId)).toEqual(["c"]);
});

test("the server's counts win over the list, which may be a part only", () => {
  const participants = { a: person("Ann", "online"), b: person("Ben", "away") };
  expect(counted({ participants })).toEqual({ online: 1, away: 1, offline: 0 });
  expect(counted({ participants, counts: { online: 900, away: 3, offline: 7 } }).online).toBe(900);
});

test("news say who came, left, or is away", () => {
  const before = { a: person("Ann", "online"), b: person("Ben", "online"), c: person("Cy", "away") };
  const after = { b: person("Ben", "offline"), c: person("Cy", "online"), d: person("Di", "online") };
  expect(news(before, after)).toBe("Ann left, Ben left, Cy is back, Di joined");
  expect(news(after, after)).toBe("");
  expect(news({}, { ...before, ...after })).toBe("Ann joined, Cy joined, Di joined");
});

test("a crowd is not read out one by one", () => {
  const many = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`u${n}`, person(`U${n}`, "online")]));
  expect(news({}, many)).toBe("5 people came or went");
});
