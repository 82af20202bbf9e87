import Container from "@cloudscape-design/components/container";
import DateRangePicker from "@cloudscape-design/components/date-range-picker";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import type { DashboardDescription } from "../../../../schema/index.ts";
import { addressWith, PRESETS, type Scope } from "./scope.ts";

const RANGES = [
  ...PRESETS.map((days) => ({ id: String(days), text: `${days} days` })),
  { id: "all", text: "All" },
];

/** Which days, which source, which category: kept in the address, so that it can be shared. */
export function ScopeBar({
  description,
  scope,
}: {
  readonly description: DashboardDescription;
  readonly scope: Scope;
}): ReactNode {
  const [address, setAddress] = useSearchParams();
  const change = (parts: Readonly<Record<string, string | null>>): void => {
    setAddress(addressWith(address, parts), { replace: true });
  };
  const { firstDay, lastDay, sources, categories, categoryFeature } = description;
  const { days, source, category } = scope;
  return (
    <Container>
      <div className="dashboard-bar">
        {days !== null && firstDay !== null && lastDay !== null && (
          <>
            <FormField label="Last days of the data">
              <SegmentedControl
                label="Range"
                options={RANGES}
                selectedId={scope.range === "custom" ? null : scope.range}
                onChange={({ detail }) => {
                  change({ range: detail.selectedId, from: null, to: null });
                }}
              />
            </FormField>
            <FormField label="Days (UTC)">
              <DateRangePicker
                value={{ type: "absolute", startDate: days.from, endDate: days.to }}
                dateOnly
                rangeSelectorMode="absolute-only"
                relativeOptions={[]}
                absoluteFormat="long-localized"
                locale="en-GB"
                showClearButton={false}
                isDateEnabled={(date) => {
                  const day = localDay(date);
                  return day >= firstDay && day <= lastDay;
                }}
                isValidRange={(range) =>
                  range?.type === "absolute" && range.startDate !== "" && range.endDate !== ""
                    ? { valid: true }
                    : { valid: false, errorMessage: "Choose a first and a last day." }
                }
                onChange={({ detail: { value } }) => {
                  if (value?.type !== "absolute") return;
                  change({
                    range: null,
                    from: value.startDate.slice(0, 10),
                    to: value.endDate.slice(0, 10),
                  });
                }}
              />
            </FormField>
          </>
        )}
        {sources.length > 1 && (
          <Filter
            label="Source"
            all="All sources"
            values={sources}
            value={source}
            onChange={(value) => {
              change({ source: value });
            }}
          />
        )}
        {categories.length > 1 && (
          <Filter
            label={`Category (${categoryFeature ?? "of items"})`}
            all="All categories"
            values={categories}
            value={category}
            onChange={(value) => {
              change({ category: value });
            }}
          />
        )}
      </div>
    </Container>
  );
}

function Filter({
  label,
  all,
  values,
  value,
  onChange,
}: {
  readonly label: string;
  readonly all: string;
  readonly values: readonly string[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}): ReactNode {
  // A value may be called anything, so that the choice of all goes by its place.
  const options = [all, ...values].map((text, place) => ({ value: String(place), label: text }));
  return (
    <div className="dashboard-filter">
      <FormField label={label}>
        <Select
          options={options}
          selectedOption={options[value === null ? 0 : values.indexOf(value) + 1]!}
          filteringType={values.length > 8 ? "auto" : "none"}
          filteringAriaLabel={`Find a ${label.toLowerCase()}`}
          expandToViewport
          onChange={({ detail }) => {
            const place = Number(detail.selectedOption.value);
            onChange(place === 0 ? null : values[place - 1]!);
          }}
        />
      </FormField>
    </div>
  );
}

/** The picker counts in the viewer's zone; the day that it shows is meant. */
function localDay(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
