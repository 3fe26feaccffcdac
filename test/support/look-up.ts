import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Reads an object of this bucket by its `s3://` address, as a person does. */
export function lookUpIn(
  s3: S3Client,
  bucket: string,
): (place: string) => Promise<string | undefined> {
  return async (place) => {
    const Key = place.slice(`s3://${bucket}/`.length);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return Body?.transformToString();
  };
}
