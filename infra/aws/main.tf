# The bucket of a service on AWS, and a user that may do in it what the service does and nothing else.
# Made for OpenTofu 1.8 or Terraform 1.9 and later.

terraform {
  required_version = ">= 1.8"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

variable "bucket" {
  description = "Name of the bucket."
  type        = string
}

variable "keep_deleted_days" {
  description = "Days for which deleted objects can be brought back."
  type        = number
  default     = 7
}

resource "aws_s3_bucket" "creance" {
  bucket = var.bucket
}

resource "aws_s3_bucket_public_access_block" "creance" {
  bucket                  = aws_s3_bucket.creance.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "creance" {
  bucket = aws_s3_bucket.creance.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "creance" {
  bucket = aws_s3_bucket.creance.id
  versioning_configuration {
    status = "Enabled"
  }
}

# The service sweeps its own uploads; this ends what only the store can see.
resource "aws_s3_bucket_lifecycle_configuration" "creance" {
  bucket     = aws_s3_bucket.creance.id
  depends_on = [aws_s3_bucket_versioning.creance]

  rule {
    id     = "end unfinished multipart uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  rule {
    id     = "forget deleted objects"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = var.keep_deleted_days
    }
    expiration {
      expired_object_delete_marker = true
    }
  }
}

# Requests without TLS are refused, whoever makes them.
resource "aws_s3_bucket_policy" "tls" {
  bucket = aws_s3_bucket.creance.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.creance.arn, "${aws_s3_bucket.creance.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_iam_user" "creance" {
  name = "creance-${var.bucket}"
}

resource "aws_iam_user_policy" "creance" {
  name = "creance"
  user = aws_iam_user.creance.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "List"
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [aws_s3_bucket.creance.arn]
      },
      {
        Sid      = "Objects"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
        Resource = ["${aws_s3_bucket.creance.arn}/t/*", "${aws_s3_bucket.creance.arn}/sys/*"]
      },
    ]
  })
}

output "bucket" {
  value = aws_s3_bucket.creance.bucket
}

output "user" {
  description = "Make its access key by hand, so that the secret is in no state file."
  value       = aws_iam_user.creance.name
}
