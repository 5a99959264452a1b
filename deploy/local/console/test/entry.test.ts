import { beforeEach, expect, test } from "vitest";
import { readEntry, rememberEntry, userIdFor } from "../src/entry/entry";

beforeEach(() => sessionStorage.clear());

test("the address fills the form", () => {
  expect(readEntry("?event=gala&room=bar&name=Ann%20Lee&role=moderator&user=u7&autojoin", sessionStorage)).toEqual({
    event: "gala",
    room: "bar",
    name: "Ann Lee",
    role: "moderator",
    user: "u7",
    autojoin: true,
  });
});

test("what the tab remembers fills the rest, and the address wins", () => {
  rememberEntry({ event: "gala", room: "bar", name: "Ann", role: "moderator" }, sessionStorage);
  expect(readEntry("?room=stage", sessionStorage)).toMatchObject({ event: "gala", room: "stage", name: "Ann" });
});

test("nobody is joined without a name, or against the address", () => {
  expect(readEntry("?autojoin", sessionStorage).autojoin).toBe(false);
  expect(readEntry("?name=Ann&autojoin=false", sessionStorage).autojoin).toBe(false);
  expect(readEntry("?name=Ann", sessionStorage).autojoin).toBe(false);
});

test("an unknown role and a broken memory are ignored", () => {
  sessionStorage.setItem("eventuall.entry", "{broken");
  expect(readEntry("?role=owner", sessionStorage)).toMatchObject({ event: "demo", room: "main", role: "moderator" });
});

test("a userId is valid whatever the name, the same in one tab, another in the next", () => {
  const first = userIdFor("Zoë  O'Brien", sessionStorage);
  expect(first).toMatch(/^zoe-o-brien-[a-z0-9]+$/);
  expect(userIdFor("Zoë  O'Brien", sessionStorage)).toBe(first);
  expect(userIdFor("名前", sessionStorage)).toMatch(/^guest-/);
  expect(userIdFor("x".repeat(300), sessionStorage)).toMatch(/^[A-Za-z0-9_.@-]{1,128}$/);
  sessionStorage.clear();
  expect(userIdFor("Zoë  O'Brien", sessionStorage)).not.toBe(first);
});
