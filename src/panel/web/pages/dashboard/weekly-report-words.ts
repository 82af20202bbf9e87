import type { WeeklyReports } from "../../../../schema/index.ts";

/** "Week 47 of 2026", of `2026-W47`. */
export function weekWords(name: string): string {
  const [year, week] = name.split("-W");
  return `Week ${Number(week)} of ${year!}`;
}

/** When the next one comes. */
export function scheduleWords({ schedule }: WeeklyReports): string {
  if (schedule === null) return "None is written by itself: the schedule is off.";
  const day = `${schedule.day.charAt(0).toUpperCase()}${schedule.day.slice(1)}`;
  const hour = `${String(schedule.hour).padStart(2, "0")}:00 UTC`;
  return `Each is written from ${day} ${hour} on, as soon as the data hold the whole week before.`;
}
