import { Fn } from "aws-cdk-lib";

/** The bucket, whose name may be a parameter or that of the bucket that is made, and the folder inside it. */
export interface NamedBucket {
  readonly name: string;
  readonly prefix: string;
}

/** The bucket itself. */
export function bucketArn({ name }: NamedBucket): string {
  return Fn.sub("arn:${AWS::Partition}:s3:::${Bucket_}", { Bucket_: name });
}

/** All objects in the folder, or those in a place of it. */
export function objectsArn({ name }: NamedBucket, place = ""): string {
  return Fn.sub(`arn:\${AWS::Partition}:s3:::\${Bucket_}/\${BucketPrefix}/${place}*`, {
    Bucket_: name,
  });
}
