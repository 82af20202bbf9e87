/**
 * What an error of AWS's means and what to do about it; `undefined` where it is none, or says so itself.
 *
 * The SDK's errors have the service's code as their name (docs.aws.amazon.com, "Error handling" of the SDK for JavaScript v3).
 */
export function awsTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  switch (name) {
    case "CredentialsProviderError":
      return "AWS knows nobody here: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in (aws sso login)";
    case "ExpiredToken":
    case "ExpiredTokenException":
    case "TokenRefreshRequired":
      return "the login to AWS has expired; log in again (aws sso login)";
    case "InvalidClientTokenId":
    case "UnrecognizedClientException":
    case "SignatureDoesNotMatch":
      return `AWS does not take these credentials: ${message}`;
    case "AccessDenied":
    case "AccessDeniedException":
      return accessDenied(message);
    case "Throttling":
    case "ThrottlingException":
      return "AWS takes no more calls at the moment, after eight tries; wait a minute and do it again";
    default:
      return undefined;
  }
}

/** "User: arn:… is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:…". */
function accessDenied(message: string): string {
  const action = /perform: (\S+)/.exec(message)?.[1];
  const what = action === undefined ? "" : `: "${action}" is missing`;
  return `${message} — the policy of who deploys stands in docs/aws.md${what}`;
}
