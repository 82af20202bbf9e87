/** How the console groups and names the parameters; the names are the documentation's. */
export const PARAMETER_GROUPS = {
  ParameterGroups: [
    group("Instance", "InstanceType", "RecSysInstanceName", "KeyName"),
    group("Network", "VpcId", "SubnetId", "AddressKind", "HostName", "TlsSecretArn"),
    group(
      "Who may reach it",
      "AdminPanelAccess",
      "DashboardAccess",
      "SSHLocation",
      "AcknowledgeOpenAccess",
    ),
    group(
      "What it may see and where it keeps things",
      "AccessS3Buckets",
      "AccessCloudWatchLogGroups",
      "BucketName",
      "BucketPrefix",
      "BucketKmsKeyArn",
      "LogGroupName",
    ),
    group("Release", "ReleaseBucket", "ReleasePrefix", "ImageUri", "AmiX86", "AmiArm"),
  ],
};

function group(name: string, ...parameters: readonly string[]) {
  return { Label: { default: name }, Parameters: parameters };
}
