/** What SageMaker tells a model's container in its environment, as far as it is heard. */
export interface ScoringSettings {
  readonly port: number;
  readonly isBatch: boolean;
  /** Largest body of a request. */
  readonly bodyBytes: number;
}

const MEBIBYTE = 1 << 20;
const DEFAULT_PAYLOAD_MIB = 6;
/** A batch transform without a limit of its own sends no more. */
const LARGEST_PAYLOAD_MIB = 100;

/**
 * Reads `SAGEMAKER_BIND_TO_PORT` (8080), `SAGEMAKER_BATCH` and `SAGEMAKER_MAX_PAYLOAD_IN_MB` (6; 0 is no limit, which is taken for 100).
 *
 * @throws RangeError for a number that is none
 */
export function scoringSettings(
  environment: Readonly<Record<string, string | undefined>>,
): ScoringSettings {
  const number = (name: string, otherwise: number, most: number): number => {
    const text = environment[name] ?? "";
    if (text === "") return otherwise;
    if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
    throw new RangeError(`${name} must be a whole number up to ${most}, got "${text}"`);
  };
  const payload = number("SAGEMAKER_MAX_PAYLOAD_IN_MB", DEFAULT_PAYLOAD_MIB, LARGEST_PAYLOAD_MIB);
  return {
    port: number("SAGEMAKER_BIND_TO_PORT", 8080, 65_535),
    isBatch: environment["SAGEMAKER_BATCH"]?.toLowerCase() === "true",
    bodyBytes: (payload === 0 ? LARGEST_PAYLOAD_MIB : payload) * MEBIBYTE,
  };
}
