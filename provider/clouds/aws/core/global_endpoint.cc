#include "provider/clouds/aws/core/global_endpoint.h"

#include <array>

namespace palisade::aws {
namespace {

// What botocore's rule sets answer (iam 2010-05-08, route53 2013-04-01); there is no pattern in it.
constexpr std::array kEndpoints{
    GlobalEndpoint{"iam", "aws", "us-east-1", "iam.amazonaws.com", "iam.global.api.aws",
                   "iam-fips.amazonaws.com", "iam-fips.global.api.aws"},
    GlobalEndpoint{"iam", "aws-cn", "cn-north-1", "iam.cn-north-1.amazonaws.com.cn",
                   "iam.global.api.amazonwebservices.com.cn", "iam-fips.amazonaws.com.cn",
                   "iam-fips.api.amazonwebservices.com.cn"},
    GlobalEndpoint{"iam", "aws-us-gov", "us-gov-west-1", "iam.us-gov.amazonaws.com",
                   "iam.us-gov.api.aws", "iam.us-gov.amazonaws.com", "iam.us-gov.api.aws"},
    GlobalEndpoint{"iam", "aws-eusc", "eusc-de-east-1", "iam.eusc-de-east-1.amazonaws.eu",
                   "iam.global.api.amazonwebservices.eu", "iam-fips.amazonaws.eu",
                   "iam-fips.api.amazonwebservices.eu"},
    GlobalEndpoint{"iam", "aws-iso", "us-iso-east-1", "iam.us-iso-east-1.c2s.ic.gov",
                   "iam.api.aws.ic.gov", "iam-fips.us-iso-east-1.c2s.ic.gov",
                   "iam-fips.api.aws.ic.gov"},
    GlobalEndpoint{"iam", "aws-iso-b", "us-isob-east-1", "iam.us-isob-east-1.sc2s.sgov.gov",
                   "iam.api.aws.scloud", "iam-fips.us-isob-east-1.sc2s.sgov.gov",
                   "iam-fips.api.aws.scloud"},
    GlobalEndpoint{"iam", "aws-iso-e", "eu-isoe-west-1", "iam.eu-isoe-west-1.cloud.adc-e.uk",
                   "iam.api.cloud-aws.adc-e.uk", "iam-fips.cloud.adc-e.uk",
                   "iam-fips.api.cloud-aws.adc-e.uk"},
    GlobalEndpoint{"iam", "aws-iso-f", "us-isof-south-1", "iam.us-isof-south-1.csp.hci.ic.gov",
                   "iam.api.aws.hci.ic.gov", "iam-fips.csp.hci.ic.gov",
                   "iam-fips.api.aws.hci.ic.gov"},
    GlobalEndpoint{"route53", "aws", "us-east-1", "route53.amazonaws.com", "route53.global.api.aws",
                   "route53-fips.amazonaws.com", "route53-fips.global.api.aws"},
    GlobalEndpoint{"route53", "aws-cn", "cn-northwest-1", "route53.amazonaws.com.cn",
                   "route53.global.api.amazonwebservices.com.cn", "route53-fips.amazonaws.com.cn",
                   "route53-fips.api.amazonwebservices.com.cn"},
    GlobalEndpoint{"route53", "aws-us-gov", "us-gov-west-1", "route53.us-gov.amazonaws.com",
                   "route53.us-gov.api.aws", "route53.us-gov.amazonaws.com",
                   "route53.us-gov.api.aws"},
    GlobalEndpoint{"route53", "aws-eusc", "eusc-de-east-1", "route53.amazonaws.eu",
                   "route53.global.api.amazonwebservices.eu", "route53-fips.amazonaws.eu",
                   "route53-fips.api.amazonwebservices.eu"},
    GlobalEndpoint{"route53", "aws-iso", "us-iso-east-1", "route53.c2s.ic.gov",
                   "route53.api.aws.ic.gov", "route53-fips.c2s.ic.gov",
                   "route53-fips.api.aws.ic.gov"},
    GlobalEndpoint{"route53", "aws-iso-b", "us-isob-east-1", "route53.sc2s.sgov.gov",
                   "route53.api.aws.scloud", "route53-fips.sc2s.sgov.gov",
                   "route53-fips.api.aws.scloud"},
    GlobalEndpoint{"route53", "aws-iso-e", "eu-isoe-west-1", "route53.cloud.adc-e.uk",
                   "route53.api.cloud-aws.adc-e.uk", "route53-fips.cloud.adc-e.uk",
                   "route53-fips.api.cloud-aws.adc-e.uk"},
    GlobalEndpoint{"route53", "aws-iso-f", "us-isof-south-1", "route53.csp.hci.ic.gov",
                   "route53.api.aws.hci.ic.gov", "route53-fips.csp.hci.ic.gov",
                   "route53-fips.api.aws.hci.ic.gov"},
};

}  // namespace

const GlobalEndpoint* FindGlobalEndpoint(const Service& service, const Partition& partition) {
  for (const GlobalEndpoint& endpoint : kEndpoints) {
    if (endpoint.service == service.name && endpoint.partition == partition.id) return &endpoint;
  }
  return nullptr;
}

}  // namespace palisade::aws
