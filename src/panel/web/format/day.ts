export {
  addDays,
  daysBetween,
  dayWords,
  isDay,
  monthWords,
  shortDay,
} from "../../../words/index.ts";
