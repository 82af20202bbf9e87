export { makeReport, type Report, reportOf } from "./make-report.ts";
export {
  daysPeriod,
  lastCompleteWeek,
  periodWords,
  type ReportPeriod,
  ReportPeriodError,
  weekPeriod,
} from "./period.ts";
export {
  listWeeklyReports,
  type WeeklySchedule,
  weeklyReportPath,
  writeDueReport,
} from "./weekly.ts";
