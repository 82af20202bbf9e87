import { accountNames, cloudWarnings } from "../../../cloud/index.ts";
import {
  type AccountNames,
  type Customization,
  DraftChange,
  SETTINGS,
  valueAt,
} from "../../../schema/index.ts";
import { type AddRoutes, type PanelContext } from "../context.ts";
import { parseBody } from "../parsed.ts";
import { readDraft, saveDraft } from "./draft.ts";
import { currentEstimates } from "./estimates/current-estimates.ts";
import { BUCKET_FIELD, fixedSettings } from "./fixed.ts";
import { settingGroups } from "./groups.ts";

/** `GET|PUT /panel/api/configuration`: the forms, the draft, and what it would take; `…/names`: what AWS has to choose from. */
export const addConfigurationRoutes: AddRoutes = (app, panel) => {
  app.get("/panel/api/configuration", { config: { access: "viewer" } }, () => customization(panel));

  app.get("/panel/api/configuration/names", { config: { access: "operator" } }, () => names(panel));

  app.put("/panel/api/configuration", { config: { access: "operator" } }, async (request) => {
    const { draft, basedOn } = parseBody(DraftChange, request);
    await saveDraft(panel, draft, { by: request.visitor!.name, basedOn });
    panel.audit(request, "save draft", "configuration", Object.keys(draft).join(", "));
    return customization(panel);
  });
};

/** Without an account, or where it does not answer, there is nothing to choose from: names are written then. */
async function names({ cloud, log }: PanelContext): Promise<AccountNames> {
  const none = { buckets: null, logGroups: null };
  if (cloud === undefined) return none;
  try {
    return await accountNames(cloud.account);
  } catch (error) {
    log.warn({ err: error }, "the account's buckets and log groups cannot be listed");
    return none;
  }
}

async function customization(panel: PanelContext): Promise<Customization> {
  const { draft, saved, config } = await readDraft(panel);
  const settings = SETTINGS.map(({ path }) => [path.join("."), valueAt(config, path)] as const);
  const known = settings.filter(([, value]) => value !== undefined);
  return {
    groups: settingGroups(),
    draft: { ...draft },
    values: { [BUCKET_FIELD]: panel.bucket.url, ...Object.fromEntries(known) },
    fixed: Object.fromEntries(fixedSettings(panel)),
    savedAt: saved?.savedAt ?? null,
    savedBy: saved?.savedBy ?? null,
    estimates: await currentEstimates(panel.bucket, config, panel.cloud?.account.region),
    warnings: panel.cloud === undefined ? [] : [...cloudWarnings(config)],
  };
}
