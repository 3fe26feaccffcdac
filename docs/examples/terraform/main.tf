# Deploys the auditor's stack from Terraform: the template is CDK's, and Terraform uploads it with the
# handler and owns the stack. How: docs/terraform.md.

terraform {
  required_version = ">= 1.4"

  required_providers {
    archive = {
      source  = "hashicorp/archive"
      version = ">= 2.4"
    }
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

variable "cdk_out" {
  description = "The folder that cdk synth wrote"
  type        = string
  default     = "../../../cdk.out"
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  region = data.aws_region.current.region
  assets = jsondecode(file("${var.cdk_out}/ConntrackAuditor.assets.json")).files

  # Where each asset goes; CDK leaves account and Region open.
  places = {
    for id, asset in local.assets : id => {
      path      = "${var.cdk_out}/${asset.source.path}"
      packaging = asset.source.packaging
      key       = values(asset.destinations)[0].objectKey
      bucket = replace(
        replace(values(asset.destinations)[0].bucketName, "$${AWS::AccountId}", data.aws_caller_identity.current.account_id),
        "$${AWS::Region}", local.region,
      )
    }
  }
  folders  = { for id, place in local.places : id => place if place.packaging == "zip" }
  template = one([for place in local.places : place if endswith(place.path, "ConntrackAuditor.template.json")])
}

data "archive_file" "asset" {
  for_each = local.folders

  type        = "zip"
  source_dir  = each.value.path
  output_path = "${path.module}/.terraform/${each.key}.zip"
}

# The keys are hashes of what is in them, so that a new handler is a new object.
resource "aws_s3_object" "asset" {
  for_each = local.folders

  bucket = each.value.bucket
  key    = each.value.key
  source = data.archive_file.asset[each.key].output_path
}

# Too large to be template_body, which CloudFormation bounds at 51,200 bytes.
resource "aws_s3_object" "template" {
  bucket = local.template.bucket
  key    = local.template.key
  source = local.template.path
}

resource "aws_cloudformation_stack" "conntrack_auditor" {
  name         = "ConntrackAuditor"
  capabilities = ["CAPABILITY_IAM"]
  template_url = "https://${aws_s3_object.template.bucket}.s3.${local.region}.${data.aws_partition.current.dns_suffix}/${aws_s3_object.template.key}"

  depends_on = [aws_s3_object.asset]
}

output "topic_arn" {
  description = "Receives findings and alarms"
  value       = aws_cloudformation_stack.conntrack_auditor.outputs["TopicArn"]
}

output "bucket_name" {
  description = "Keeps runs, ledger and history, and stays when the stack goes"
  value       = aws_cloudformation_stack.conntrack_auditor.outputs["BucketName"]
}

output "audit_now" {
  description = "Starts an audit now"
  value       = aws_cloudformation_stack.conntrack_auditor.outputs["AuditNow"]
}
