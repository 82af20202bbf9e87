/** What the page shows: in AWS the group is CloudWatch's, and jobs are SageMaker's, which logs to groups of its own. */
export function groupWords(group: unknown, isInAws: boolean): string {
  if (typeof group !== "string") return "What the jobs of all executions have to say.";
  return isInAws
    ? `What jobs, state machines and API have to say. The latter two log to ${group} in CloudWatch; what the jobs print, SageMaker's groups hold as well.`
    : `The log group ${group}: what the jobs of all executions have to say.`;
}
